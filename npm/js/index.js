export { TriagekitError } from "./error.js";
export { Uptycs } from "./uptycs.js";
export { UTMStack } from "./utmstack.js";
