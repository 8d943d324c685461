/** What needs Node. */
export { fileStore } from "./outbox/file.js";
