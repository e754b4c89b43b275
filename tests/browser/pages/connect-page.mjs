/** Where connections are made, as a person uses it. */
export class ConnectPage {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.utmstack = page.getByRole("region", { name: "UTMStack" });
    this.uptycs = page.getByRole("region", { name: "Uptycs" });
    this.demo = page.getByRole("button", { name: "Use the demo" });
  }

  async useDemo() {
    await this.demo.click();
  }

  /** @param {{ url: string, username: string, password: string }} fields */
  async signInToUtmstack({ url, username, password }) {
    await this.utmstack.getByLabel("Address").fill(url);
    await this.utmstack.getByLabel("User", { exact: true }).fill(username);
    await this.utmstack.getByLabel("Password", { exact: true }).fill(password);
    await this.utmstack.getByLabel("Password", { exact: true }).press("Enter");
  }

  /** @param {string} path */
  async chooseKeyFile(path) {
    await this.uptycs.locator("input[type=file]").setInputFiles(path);
  }

  /** @param {string} text */
  async chooseKeyText(text) {
    await this.uptycs
      .locator("input[type=file]")
      .setInputFiles({ name: "key.json", mimeType: "application/json", buffer: Buffer.from(text) });
  }

  /** @param {{ key: string, domain: string, customerId: string }} fields */
  async typeKey({ key, domain, customerId }) {
    await this.uptycs.getByRole("radio", { name: "Type the key" }).check();
    await this.uptycs.getByLabel("Key and secret").fill(key);
    await this.uptycs.getByLabel("Domain").fill(domain);
    await this.uptycs.getByLabel("Customer id").fill(customerId);
    await this.uptycs.getByLabel("Customer id").press("Enter");
  }

  async connectUptycs() {
    await this.uptycs.getByRole("button", { name: "Connect", exact: true }).click();
  }

  /** The message that stands at a field: what its `aria-describedby` leads to. */
  errorOf(label) {
    return this.page
      .locator(".field", { has: this.page.getByLabel(label, { exact: true }) })
      .locator(".field-error");
  }
}
