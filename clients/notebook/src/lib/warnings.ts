/** What in the texts of who uses the app may tell who somebody is, and waits to be looked at. */
import type { Schemas } from "feedbacklus-client";
import { newId } from "feedbacklus-client";
import { account } from "./account.svelte";
import { writes } from "./practice";

export type Warning = Schemas["PrivacyWarning"];

const { client } = account;

/** Over all networks; the newest first. */
export async function loadWarnings(): Promise<Warning[]> {
  const { data: me } = await client.GET("/v1/me");
  const ofNetwork = async (networkId: string): Promise<Warning[]> => {
    const params = { path: { networkId }, query: { state: "open" } } as const;
    const open = await client.list("/v1/networks/{networkId}/privacy-warnings", { params }).toArray();
    return open.filter(({ authorId }) => authorId === me.person.id);
  };
  const lists = await Promise.all(
    me.networks.filter(({ role }) => writes(role)).map(({ networkId }) => ofNetwork(networkId)),
  );
  return lists.flat().sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

/** The text that a warning is of, or null where the app shows none of that kind. */
export async function loadText({ subjectKind, subjectId, pointer }: Warning): Promise<string | null> {
  const record = await loadSubject(subjectKind, subjectId);
  const text = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((part, member) => (part as Record<string, unknown> | undefined)?.[member], record);
  return typeof text === "string" ? text : null;
}

async function loadSubject(kind: string, id: string): Promise<object | null> {
  switch (kind) {
    case "question":
      return (await client.GET("/v1/questions/{questionId}", { params: { path: { questionId: id } } })).data;
    case "observation":
      return (await client.GET("/v1/observations/{observationId}", { params: { path: { observationId: id } } })).data;
    case "reflection":
      return (await client.GET("/v1/reflections/{reflectionId}", { params: { path: { reflectionId: id } } })).data;
    case "action":
      return (await client.GET("/v1/actions/{actionId}", { params: { path: { actionId: id } } })).data;
    case "evaluation":
      return (await client.GET("/v1/evaluations/{evaluationId}", { params: { path: { evaluationId: id } } })).data;
    case "return":
      return (await client.GET("/v1/returns/{returnId}", { params: { path: { returnId: id } } })).data;
    default:
      return null;
  }
}

/** Where the app changes what a warning is of; null where it does not. */
export function addressOf({ subjectKind, subjectId, cycleId }: Warning): string | null {
  if (cycleId === null) {
    return null;
  }
  const below: Record<string, string> = {
    observation: `observations/${subjectId}`,
    action: `actions/${subjectId}/amend`,
  };
  return below[subjectKind] === undefined ? null : `#/cycles/${cycleId}/${below[subjectKind]}`;
}

/** Says that what it points at may stand. */
export async function confirm({ id }: Warning): Promise<void> {
  const params = { path: { privacyWarningId: id } };
  await client.POST("/v1/privacy-warnings/{privacyWarningId}/transitions", {
    params,
    body: { id: newId(), to: "confirmed" },
  });
}
