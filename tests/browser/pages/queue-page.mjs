/** The merged table and the detail beside it, as a person uses them. */
export class QueuePage {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.grid = page.getByRole("grid", { name: "Alerts, newest first" });
    this.rows = this.grid.locator("[role=row][id]");
    this.drawer = page.getByRole("complementary", { name: "Alert detail" });
    this.record = page.getByTestId("record");
    this.count = page.getByTestId("count");
    this.loaded = page.getByTestId("loaded");
    this.problems = page.locator(".banner.is-problem");
  }

  async hasRows() {
    await this.rows.first().waitFor();
  }

  /** Waits until nothing is being fetched any more. */
  async isSettled() {
    await this.page.waitForFunction(() => document.querySelector("[role=grid]")?.getAttribute("aria-busy") === "false");
  }

  /** The rows that are drawn, from the top of the list. */
  async drawn() {
    return this.rows.evaluateAll((rows) =>
      rows
        .map((row) => ({
          index: Number(row.getAttribute("aria-rowindex")),
          cells: [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent.trim()),
        }))
        .sort((a, b) => a.index - b.index)
        .map(({ index, cells: [severity, time, status, platform, name, host] }) => ({
          index,
          severity,
          time,
          status,
          platform,
          name,
          host,
        })),
    );
  }

  async scrollTo(row) {
    await this.grid.evaluate((grid, row) => grid.scrollTo({ top: row * 28 }), row);
    await this.grid.locator(`[aria-rowindex="${row + 2}"]`).waitFor();
  }

  async focusedRow() {
    return this.page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));
  }
}
