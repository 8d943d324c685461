/** The app itself, kept on the device by its service worker so that it opens without a connection. */

/** The policy that the server allows for this one address. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

class AppItself {
  /** A newer version is there, and waits until the person wants it. */
  newer: ServiceWorker | null = $state.raw(null);

  take(): void {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    this.newer?.postMessage("take over");
  }
}

export const appItself: AppItself = new AppItself();

export async function keepTheApp(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) {
    return;
  }
  try {
    const registration = await navigator.serviceWorker.register(address());
    const look = (): void => {
      if (registration.waiting !== null && navigator.serviceWorker.controller !== null) {
        appItself.newer = registration.waiting;
      }
    };
    look();
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
    // The browser looks for a newer version when it opens the app. On a phone the app stays open for days.
    const ask = (): void => {
      if (navigator.onLine && document.visibilityState === "visible") {
        registration.update().catch(() => undefined);
      }
    };
    document.addEventListener("visibilitychange", ask);
    addEventListener("online", ask);
  } catch (error) {
    // As in a private window: the app works, but only with a connection.
    console.warn("The app cannot be kept on this device.", error);
  }
}

function address(): string {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  const only = (url: string): string => {
    if (url !== "./sw.js") {
      throw new TypeError("There is one service worker.");
    }
    return url;
  };
  return policies?.createPolicy("notebook", { createScriptURL: only }).createScriptURL("./sw.js") ?? "./sw.js";
}
