/**
 * Makes the one call of an operation and gives what stands at its end.
 *
 * @param {import("./operation.js").Operation} operation
 * @returns {Promise<{ report: import("./operation.js").DoneStep["report"], body: Uint8Array }>}
 */
export async function outcome(operation) {
  for (;;) {
    const step = await operation.advance();
    if (step.kind === "done") {
      return { report: step.report, body: operation.body };
    }
  }
}
