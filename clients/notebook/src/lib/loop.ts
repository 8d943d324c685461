/** The loop of a cycle as a picture needs it: its stations with their counts, and where things wait between them. */
import type { Schemas } from "feedbacklus-client";

export type Station = "question" | "observation" | "reflection" | "action" | "evaluation" | "return";

export const stations: readonly Station[] = ["question", "observation", "reflection", "action", "evaluation", "return"];

export interface Waiting {
  readonly count: number;
  /** Since when the oldest of them has waited. */
  readonly since: string | null;
}

export interface Loop {
  readonly counts: Readonly<Record<Station, number>>;
  /** What waits to get to a station. */
  readonly waiting: Readonly<Record<Station, Waiting>>;
  /** The station that most wait for; null where nothing waits. */
  readonly stuck: Station | null;
}

export function loopOf({ counts, loop, openItems }: Schemas["CycleReport"]): Loop {
  const waiting = {
    question: NONE,
    observation: NONE,
    // What was seen waits to be thought about, and then for something to be done.
    reflection: waitingFor(openItems, "reflection", "observation"),
    action: waitingFor(openItems, "action", "observation"),
    // Of observations with an action, it is the action that waits.
    evaluation: waitingFor(openItems, "evaluation", "action"),
    return: waitingFor(openItems, "return", "question"),
  };
  const most = stations.reduce((one, other) => (waiting[other].count > waiting[one].count ? other : one));
  return {
    counts: {
      question: counts.questions,
      observation: counts.observations,
      reflection: counts.reflections,
      action: counts.actions,
      evaluation: counts.evaluations,
      return: loop.returnedToCitizen.returned,
    },
    waiting,
    stuck: waiting[most].count > 0 ? most : null,
  };
}

const NONE: Waiting = { count: 0, since: null };

function waitingFor(
  items: readonly Schemas["OpenItem"][],
  station: Schemas["WaitingFor"],
  type: Schemas["OpenType"],
): Waiting {
  const found = items.filter((item) => item.waitingFor === station && item.type === type);
  const since = found.reduce<string | null>(
    (first, item) => (first === null || item.since < first ? item.since : first),
    null,
  );
  return { count: found.length, since };
}
