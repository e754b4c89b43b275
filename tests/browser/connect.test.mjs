// Connecting, with right and with wrong input: one clear message beside its field, and no secret anywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openConsole } from "./browser.mjs";
import { USER, startDemo } from "./demo.mjs";
import { ConnectPage } from "./pages/connect-page.mjs";
import { QueuePage } from "./pages/queue-page.mjs";

let browser;
let demo;

before(async () => {
  browser = await launch();
  demo = await startDemo("--alerts", "300");
});

after(async () => {
  await browser?.close();
  await demo?.close();
});

async function open() {
  const console = await openConsole(browser, demo.address);
  return { ...console, connect: new ConnectPage(console.page), queue: new QueuePage(console.page) };
}

/** Nothing that a person, a log or a proxy could see holds the secret. */
async function assertHidden({ page, seen }, ...secrets) {
  const visible = await page.evaluate(() => document.documentElement.outerHTML + document.title);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  for (const secret of secrets) {
    for (const [where, text] of Object.entries({
      page: visible,
      storage: stored,
      address: page.url(),
      requests: seen.requests.join("\n"),
      logs: seen.logs.join("\n"),
      errors: seen.errors.join("\n"),
    })) {
      assert.ok(!text.includes(secret), `the secret stands in the ${where}`);
    }
  }
}

async function messageAt(connect, label) {
  const message = connect.errorOf(label);
  await message.filter({ hasText: /\S/ }).waitFor();
  return message.innerText();
}

test("UTMStack and Uptycs are connected by form and by key file", async () => {
  const console = await open();
  const { connect, queue, page, context } = console;
  await connect.signInToUtmstack({ url: demo.address, ...USER });
  await connect.utmstack.getByText("Connected").waitFor();
  await connect.chooseKeyFile(demo.keyFile);
  await connect.uptycs.getByText(`Key ${demo.key.key}`).waitFor();
  await connect.connectUptycs();
  await connect.uptycs.getByText("Connected").waitFor();
  // Whoever has just connected goes on with Enter.
  await page.waitForFunction(() => document.activeElement?.textContent === "Show its alerts");
  await page.keyboard.press("Enter");
  await queue.hasRows();
  assert.match(await queue.loaded.innerText(), /UTMStack.*Uptycs/);
  await assertHidden(console, USER.password, demo.key.secret);
  await context.close();
});

test("a key that is typed connects", async () => {
  const console = await open();
  const { connect, context } = console;
  await connect.typeKey({
    key: `${demo.key.key}#${demo.key.secret}`,
    domain: demo.address,
    customerId: demo.key.customerId,
  });
  await connect.uptycs.getByText("Connected").waitFor();
  await assertHidden(console, demo.key.secret);
  await context.close();
});

test("a wrong password is told beside the password, which then has the focus", async () => {
  const console = await open();
  const { connect, page, context } = console;
  await connect.signInToUtmstack({ url: demo.address, username: "admin", password: "hunter2-wrong" });
  assert.match(await messageAt(connect, "Password"), /UTMStack answered 401 .*Check the user name and the password\./);
  await page.waitForFunction(() => document.activeElement?.id === "field-password");
  assert.equal(await page.getByLabel("Password", { exact: true }).getAttribute("aria-invalid"), "true");
  await assertHidden(console, "hunter2-wrong");
  // The next attempt with the right one succeeds.
  await connect.utmstack.getByLabel("Password", { exact: true }).fill(USER.password);
  await page.keyboard.press("Enter");
  await connect.utmstack.getByText("Connected").waitFor();
  await context.close();
});

test("a wrong secret is told beside the key", async () => {
  const console = await open();
  const { connect, context } = console;
  await connect.typeKey({ key: `${demo.key.key}#not-the-secret`, domain: demo.address, customerId: demo.key.customerId });
  assert.match(await messageAt(connect, "Key and secret"), /Uptycs answered 401/);
  await assertHidden(console, "not-the-secret");
  await context.close();
});

test("bad key files are told beside the file, and nothing is sent", async () => {
  const { secret: _, ...withoutSecret } = demo.key;
  const whole = JSON.stringify(demo.key);
  for (const [text, expected] of [
    [JSON.stringify(withoutSecret), /has no "secret"/],
    [whole.slice(0, whole.length / 2), /not complete JSON: it breaks off/],
    [JSON.stringify({ ...demo.key, baseUrl: undefined, domain: "evil.com/#" }), /domain does not name a host.*Nothing was sent anywhere/s],
    ["[]", /holds a list, where an object/],
  ]) {
    const console = await open();
    const { connect, page, seen, context } = console;
    await connect.chooseKeyText(text);
    const message = connect.uptycs.locator("#field-key-file-error");
    await message.filter({ hasText: /\S/ }).waitFor();
    assert.match(await message.innerText(), expected);
    const before = seen.requests.length;
    await connect.connectUptycs();
    await page.waitForFunction(() => document.activeElement?.id === "field-key-file");
    assert.equal(seen.requests.length, before);
    await assertHidden(console, demo.key.secret);
    await context.close();
  }
});

test("a domain that leads elsewhere is refused at its field before anything is sent", async () => {
  const console = await open();
  const { connect, seen, context } = console;
  const before = seen.requests.length;
  await connect.typeKey({ key: "KEY#s3cret-half", domain: "evil.com/#", customerId: "c" });
  assert.match(await messageAt(connect, "Domain"), /does not name a host/);
  assert.equal(seen.requests.length, before);
  await assertHidden(console, "s3cret-half");
  await context.close();
});

test("an unencrypted address is refused at its field before anything is sent", async () => {
  const console = await open();
  const { connect, page, seen, context } = console;
  const before = seen.requests.length;
  await connect.signInToUtmstack({ url: "http://siem.example.org", username: "admin", password: "hunter2-plain" });
  assert.match(await messageAt(connect, "Address"), /is not encrypted.*Use https:\/\//s);
  await page.waitForFunction(() => document.activeElement?.id === "field-url");
  assert.equal(seen.requests.length, before);
  await assertHidden(console, "hunter2-plain");
  await context.close();
});

test("what is missing is told at each field at once", async () => {
  const { connect, context } = await open();
  await connect.utmstack.getByRole("button", { name: "Connect", exact: true }).click();
  assert.match(await messageAt(connect, "Address"), /is expected/);
  assert.match(await messageAt(connect, "User"), /is expected/);
  assert.match(await messageAt(connect, "Password"), /is expected/);
  await context.close();
});

test("a page where JSON is expected is told beside the address", async (t) => {
  const own = await startDemo("--alerts", "50");
  t.after(() => own.close());
  const console = await openConsole(browser, own.address);
  const connect = new ConnectPage(console.page);
  await own.faults(...Array.from({ length: 40 }, () => ({ html: true, status: 200 })));
  await connect.signInToUtmstack({ url: own.address, ...USER });
  assert.match(await messageAt(connect, "Address"), /UTMStack answered 200 .*not JSON.*no proxy or sign-in page/s);
  await assertHidden(console, USER.password);
  await console.context.close();
});

test("secrets are typed unseen, may be pasted, and are offered to password managers where that makes sense", async () => {
  const { page, connect, context } = await open();
  const attributes = async (label) => {
    const field = page.getByLabel(label, { exact: true });
    return [await field.getAttribute("type"), await field.getAttribute("autocomplete")];
  };
  assert.deepEqual(await attributes("Password"), ["password", "current-password"]);
  assert.deepEqual(await attributes("User"), ["text", "username"]);
  await connect.uptycs.getByRole("radio", { name: "Type the key" }).check();
  assert.deepEqual(await attributes("Key and secret"), ["password", "off"]);
  await page.getByLabel("Key and secret", { exact: true }).focus();
  const isPrevented = await page.evaluate(
    () => !document.activeElement.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true })),
  );
  assert.equal(isPrevented, false);
  await context.close();
});
