/** How an observation is described. */
import type { Schemas } from "feedbacklus-client";
import type { Role } from "./practice";

export type Perspective = Schemas["Perspective"];
export type Voice = Schemas["Voice"];

export const perspectives: readonly Perspective[] = [
  "practitioner",
  "citizen",
  "informal_carer",
  "organisation",
  "system",
];
export const voices: readonly Voice[] = ["own_words", "quoted", "retold", "interpreted"];

/** Through whose eyes people look, as a rule. */
export function perspectiveOf(role: Role | undefined): Perspective {
  return role === "experience_expert" ? "citizen" : "practitioner";
}

/** Whether it can be asked whose words they are. */
export function spokenFor(perspective: Perspective): boolean {
  return perspective === "citizen" || perspective === "informal_carer";
}

/** What an observation is about, as it is filled in. */
export interface Subject {
  pseudonymIds: string[];
  themeIds: string[];
  /** In the citizen's own words, with commas between them. */
  lifeDomains: string;
}

export function words(text: string): string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ].slice(0, 20);
}
