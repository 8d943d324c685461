/** What needs a browser. */
export { indexedDbStore } from "./outbox/indexeddb.js";
