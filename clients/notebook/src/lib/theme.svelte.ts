/** Light or dark: as the device is, until somebody chooses. */
export type Theme = "device" | "light" | "dark";

const CHOSEN = "notebook.theme";

function chosen(): Theme {
  const kept = localStorage.getItem(CHOSEN);
  return kept === "light" || kept === "dark" ? kept : "device";
}

class Appearance {
  theme: Theme = $state(chosen());

  constructor() {
    this.#show();
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(CHOSEN, theme);
    this.#show();
  }

  #show(): void {
    document.documentElement.dataset["theme"] = this.theme;
  }
}

export const appearance: Appearance = new Appearance();
