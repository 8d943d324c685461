/** What the screens read, by the names of the field. */
import type { Schemas } from "feedbacklus-client";
import { account } from "./account.svelte";

export type Role = Schemas["Role"];
export type Phase = Schemas["Phase"];

export interface MyCycle {
  readonly id: string;
  readonly networkId: string;
  readonly learningQuestion: string;
  readonly phase: Phase;
  readonly role: Role;
}

/** Where somebody takes part. */
export interface Workplace {
  readonly networks: readonly Schemas["MyNetwork"][];
  readonly cycles: readonly MyCycle[];
}

const { client } = account;

export async function loadWorkplace(): Promise<Workplace> {
  const { data: me } = await client.GET("/v1/me");
  const inNetwork = async ({ networkId, role }: Schemas["MyNetwork"]): Promise<MyCycle[]> => {
    const cycles = await client.list("/v1/networks/{networkId}/cycles", { params: { path: { networkId } } }).toArray();
    return cycles.map((cycle) => mine(cycle, role));
  };
  const asGuest = async ({ cycleId, role }: Schemas["MyCycle"]): Promise<MyCycle> => {
    const { data } = await client.GET("/v1/cycles/{cycleId}", { params: { path: { cycleId } } });
    return mine(data, role);
  };
  const [own, guest] = await Promise.all([
    Promise.all(me.networks.map(inNetwork)),
    Promise.all(me.cycles.map(asGuest)),
  ]);
  const byId = new Map([...guest, ...own.flat()].map((cycle) => [cycle.id, cycle]));
  return { networks: me.networks, cycles: [...byId.values()] };
}

function mine({ id, networkId, learningQuestion, phase }: Schemas["Cycle"], role: Role): MyCycle {
  return { id, networkId, learningQuestion, phase, role };
}

export async function loadReport(cycleId: string): Promise<Schemas["CycleReport"]> {
  const { data } = await client.GET("/v1/cycles/{cycleId}/report", { params: { path: { cycleId } } });
  return data;
}

export async function loadModels(): Promise<Schemas["ReflectionModel"][]> {
  const { data } = await client.GET("/v1/reflection-models");
  return data.items;
}

export function loadObservations(cycleId: string): Promise<Schemas["Observation"][]> {
  const query = { state: "logged", limit: 200 } as const;
  return client.list("/v1/cycles/{cycleId}/observations", { params: { path: { cycleId }, query } }).toArray();
}

export function loadReflections(cycleId: string): Promise<Schemas["Reflection"][]> {
  return client
    .list("/v1/cycles/{cycleId}/reflections", { params: { path: { cycleId }, query: { limit: 200 } } })
    .toArray();
}

/** The actions of a cycle, and those that came along from the one before and are still open. */
export async function loadActions(cycleId: string): Promise<Schemas["Action"][]> {
  const path = { cycleId };
  const [own, report] = await Promise.all([
    client.list("/v1/cycles/{cycleId}/actions", { params: { path, query: { limit: 200 } } }).toArray(),
    loadReport(cycleId),
  ]);
  const known = new Set(own.map(({ id }) => id));
  const carried = [...openActions(report)].filter((id) => !known.has(id));
  const answers = carried.map((actionId) => client.GET("/v1/actions/{actionId}", { params: { path: { actionId } } }));
  return [...own, ...(await Promise.all(answers)).map(({ data }) => data)];
}

/** The actions of which nobody has said what came of them. */
export function openActions(report: Schemas["CycleReport"] | undefined): Set<string> {
  return new Set(report?.openItems.filter(({ type }) => type === "action").map(({ id }) => id));
}

export function loadQuestions(cycleId: string): Promise<Schemas["Question"][]> {
  return client
    .list("/v1/cycles/{cycleId}/questions", { params: { path: { cycleId }, query: { limit: 200 } } })
    .toArray();
}

export function loadMembers(networkId: string): Promise<Schemas["Member"][]> {
  return client.list("/v1/networks/{networkId}/members", { params: { path: { networkId } } }).toArray();
}

/** What an observation can be about: whom, and which theme. */
export interface Subjects {
  readonly pseudonyms: readonly { id: string; label: string }[];
  readonly themes: readonly { id: string; title: string }[];
}

export async function loadSubjects(networkId: string): Promise<Subjects> {
  const [pseudonyms, themes] = await Promise.all([
    client.list("/v1/networks/{networkId}/pseudonyms", { params: { path: { networkId } } }).toArray(),
    client.list("/v1/themes").toArray(),
  ]);
  return {
    pseudonyms: pseudonyms.map(({ id, label }) => ({ id, label })),
    themes: themes.map(({ id, title }) => ({ id, title })),
  };
}

export const actionKinds: readonly Schemas["ActionKind"][] = ["experiment", "improvement", "disruption"];

export const writes = (role: Role): boolean => role !== "reader";
export const runs = (role: Role): boolean => role === "coordinator" || role === "facilitator";
export const isOver = (phase: Phase): boolean => phase === "closed" || phase === "abandoned";

/** Where a cycle can go from each phase, and whether that takes a reason. */
export const moves: Record<Phase, readonly { to: Phase; reason: boolean }[]> = {
  plan: [
    { to: "act", reason: false },
    { to: "abandoned", reason: true },
  ],
  act: [
    { to: "observe", reason: false },
    { to: "plan", reason: true },
    { to: "abandoned", reason: true },
  ],
  observe: [
    { to: "reflect", reason: false },
    { to: "act", reason: true },
    { to: "abandoned", reason: true },
  ],
  reflect: [
    { to: "closed", reason: false },
    { to: "observe", reason: true },
    { to: "abandoned", reason: true },
  ],
  closed: [{ to: "reflect", reason: true }],
  abandoned: [],
};
