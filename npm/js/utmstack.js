import { UtmstackAlerts } from "./utmstack_alerts.js";
import { Connection } from "./driver/connection.js";
import { refuseInBrowser } from "./options/browser.js";
import { clientSettings } from "./options/client.js";
import { connectionOf } from "./options/credentials.js";

/**
 * @typedef {import("../types/index.js").UTMStack} Declared
 * @implements {Declared}
 */
export class UTMStack {
  /**
   * @param {import("../types/index.js").UTMStackConnection} connection
   * @param {import("../types/index.js").ClientOptions} [options]
   */
  constructor(connection, options) {
    const settings = clientSettings(options, "new UTMStack()");
    const { url, credentials } = connectionOf(connection);
    if (!("token" in credentials)) {
      refuseInBrowser(settings.dangerouslyAllowBrowser, "the password or the API key");
    }
    this.alerts = new UtmstackAlerts(
      new Connection((exports) => new exports.UtmstackHandle(url, credentials, settings.maxRetries), settings),
    );
  }
}
