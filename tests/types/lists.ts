import { UTMStack, Uptycs, type Count, type Listing, type Page, type Row, type UptycsAlert } from "triagekit";

/** Holds that two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function hold<_T extends true>(): void {}

declare const uptycs: Uptycs;
declare const utmstack: UTMStack;

export async function lists(): Promise<void> {
  const listing = uptycs.alerts.list({ limit: 10, pageSize: 5, sort: "createdAt:desc", signal: AbortSignal.timeout(1) });
  hold<Same<typeof listing, Listing<UptycsAlert>>>();
  const page = await listing;
  hold<Same<typeof page, Page<UptycsAlert>>>();
  for await (const alert of listing) {
    hold<Same<typeof alert.id, string>>();
    const severity: string | undefined = alert.severity;
    const other: unknown = alert["a field of tomorrow"];
    void [severity, other];
  }
  for await (const { items } of listing.pages()) {
    hold<Same<typeof items, UptycsAlert[]>>();
  }
  const rows = await utmstack.alerts.list({ since: new Date(), until: "1h", sort: ["@timestamp,desc"] }).toArray({ max: 3 });
  hold<Same<(typeof rows)[number]["@timestamp"], string>>();
  const count = await utmstack.alerts.count({ filters: [{ field: "status", operator: "IS", value: 2 }] });
  hold<Same<typeof count, Count>>();
  hold<Same<Awaited<ReturnType<typeof utmstack.alerts.countOpen>>, number>>();
}

export async function namedResources(): Promise<void> {
  const rows = await uptycs.list("threatSources").toArray();
  hold<Same<typeof rows, Row[]>>();
  // Names that are not known are taken, and rows can be given a type.
  const mine = await uptycs.list<{ id: string }>("resourceOfTomorrow").toArray();
  hold<Same<typeof mine, { id: string }[]>>();
  const one = await uptycs.get<{ id: string; name: string }>("roles", "id");
  hold<Same<typeof one.name, string>>();
}

export async function sql(): Promise<void> {
  const rows = await uptycs.sql<{ host_name: string }>("SELECT host_name FROM upt_assets", { days: null });
  hold<Same<typeof rows, { host_name: string }[]>>();
  for await (const row of uptycs.sql("SELECT 1")) {
    hold<Same<typeof row, Row>>();
  }
  hold<Same<ReturnType<typeof uptycs.token>, string>>();
}

export function misuse(): void {
  // @ts-expect-error: not an option
  uptycs.alerts.list({ limt: 3 });
  // @ts-expect-error: a number
  uptycs.alerts.list({ limit: "3" });
  // @ts-expect-error: seconds
  uptycs.token({ ttl: "5m" });
  // @ts-expect-error: days or null
  uptycs.sql("SELECT 1", { days: "2" });
  // @ts-expect-error: a filter has an operator
  utmstack.alerts.list({ filters: [{ field: "status", value: 2 }] });
}
