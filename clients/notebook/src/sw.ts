/// <reference lib="webworker" />
/**
 * Keeps the app itself, so that it opens without a connection. What people wrote and read it neither sees nor keeps: that
 * goes between the page and the server.
 */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope;

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("index.html")));

// A new version waits until the person says so: nobody loses the words that they are typing.
self.addEventListener("message", (event) => {
  if (event.data === "take over") {
    void self.skipWaiting();
  }
});
