/** The language of the app: that of the browser until somebody chooses. */
import { en } from "../texts/en";
import { nl } from "../texts/nl";
import type { Texts } from "../texts/texts";

export type Language = "nl" | "en";

const CHOSEN = "notebook.language";
const catalogues: Record<Language, Texts> = { nl, en };

function preferred(): Language {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === "nl" || chosen === "en") {
    return chosen;
  }
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === "nl" || tag === "en");
  return known === "en" ? "en" : "nl";
}

class I18n {
  language: Language = $state(preferred());
  readonly t: Texts = $derived(catalogues[this.language]);

  choose(language: Language): void {
    this.language = language;
    localStorage.setItem(CHOSEN, language);
  }

  /** A day, such as "3 november". */
  day(instant: string): string {
    const date = new Date(instant);
    const sameYear = date.getFullYear() === new Date().getFullYear();
    const form: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", ...(!sameYear && { year: "numeric" }) };
    return new Intl.DateTimeFormat(this.#locale, form).format(date);
  }

  /** A day and the time of day. */
  moment(instant: string): string {
    const time = new Intl.DateTimeFormat(this.#locale, { hour: "2-digit", minute: "2-digit" }).format(
      new Date(instant),
    );
    return `${this.day(instant)}, ${time}`;
  }

  /** Things side by side, such as "een adres en een naam". */
  list(things: readonly string[]): string {
    return new Intl.ListFormat(this.#locale).format(things);
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 1 }).format(value);
  }

  percent(part: number): string {
    return new Intl.NumberFormat(this.#locale, { style: "percent" }).format(part);
  }

  /** How long, in the unit that says most. */
  duration(seconds: number): string {
    const days = seconds / 86_400;
    const [value, unit] = days >= 1 ? [Math.round(days), "day"] : [Math.max(1, Math.round(seconds / 3_600)), "hour"];
    return new Intl.NumberFormat(this.#locale, { style: "unit", unit, unitDisplay: "long" }).format(value);
  }

  get #locale(): string {
    return this.language === "nl" ? "nl-NL" : "en-GB";
  }
}

export const i18n: I18n = new I18n();
