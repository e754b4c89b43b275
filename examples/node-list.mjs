// Prints the newest alerts of both platforms, one a line.
//
//   UPTYCS_KEY_FILE=key.json UTMSTACK_URL=https://siem.example.org UTMSTACK_USERNAME=… UTMSTACK_PASSWORD=… \
//     node node-list.mjs

import { readFileSync } from "node:fs";
import { TriagekitError, Uptycs, UTMStack } from "triagekit";

const { UPTYCS_KEY_FILE, UTMSTACK_URL, UTMSTACK_USERNAME, UTMSTACK_PASSWORD } = process.env;
if (!UPTYCS_KEY_FILE || !UTMSTACK_URL || !UTMSTACK_USERNAME || !UTMSTACK_PASSWORD) {
  console.error("UPTYCS_KEY_FILE, UTMSTACK_URL, UTMSTACK_USERNAME and UTMSTACK_PASSWORD are expected.");
  process.exit(2);
}

const uptycs = new Uptycs(readFileSync(UPTYCS_KEY_FILE, "utf8"));
const utmstack = new UTMStack({ url: UTMSTACK_URL, username: UTMSTACK_USERNAME, password: UTMSTACK_PASSWORD });

try {
  for await (const alert of uptycs.alerts.list({ sort: "createdAt:desc", limit: 20 })) {
    console.log("uptycs  ", alert.createdAt, alert.severity, alert.displayName);
  }
  for await (const alert of utmstack.alerts.list({ since: "30d", limit: 20 })) {
    console.log("utmstack", alert["@timestamp"], alert.severityLabel, alert.name);
  }
} catch (error) {
  if (!(error instanceof TriagekitError)) {
    throw error;
  }
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
