import { TriagekitError } from "../error.js";

/**
 * Throws where a secret would be handed to everyone who opens the page.
 *
 * @param {boolean} isAllowed
 * @param {string} what
 */
export function refuseInBrowser(isAllowed, what) {
  const scope = /** @type {{ window?: { document?: unknown }, navigator?: unknown }} */ (globalThis);
  const isBrowser = scope.window?.document !== undefined && scope.navigator !== undefined;
  if (isBrowser && !isAllowed) {
    throw new TriagekitError({
      code: "secret_in_browser",
      message:
        `This is a browser, where everyone who opens the page can read ${what}. Let \`triagekit serve\` or the ` +
        "gateway keep it and call those, or use a token that ends soon. If nobody but its owner opens this page, " +
        "set dangerouslyAllowBrowser: true.",
    });
  }
}
