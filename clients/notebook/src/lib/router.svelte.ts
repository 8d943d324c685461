/** Which screen is shown. The address after the `#` says so: it works below any path, and without a connection. */

export interface Route {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(query) };
}

class Router {
  route: Route = $state.raw(parse(location.hash));

  constructor() {
    addEventListener("hashchange", () => {
      this.route = parse(location.hash);
    });
  }

  go(to: string): void {
    location.hash = to;
  }

  /** Without a step to go back to. */
  replace(to: string): void {
    history.replaceState(null, "", to);
    this.route = parse(location.hash);
  }
}

export const router: Router = new Router();
