/** What each language has to say. A text that is missing in one of them does not compile. */
import type { nl } from "./nl";

type Widened<T> = {
  readonly [Key in keyof T]: T[Key] extends string
    ? string
    : T[Key] extends (...given: infer Given) => string
      ? (...given: Given) => string
      : Widened<T[Key]>;
};

export type Texts = Widened<typeof nl>;
