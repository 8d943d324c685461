/** The faces in which a report is taken along: as files, in the language of the app. */
import type { paths } from "feedbacklus-client";
import { account } from "./account.svelte";
import type { Language } from "./i18n.svelte";

type MediaType = keyof paths["/v1/cycles/{cycleId}/report"]["get"]["responses"][200]["content"];

/** In the order in which they are offered. */
export const faces = {
  html: "text/html",
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
} as const satisfies Record<string, MediaType>;

export type Face = keyof typeof faces;

/** What a report is of. */
export type Reported = { readonly cycleId: string } | { readonly networkId: string };

/** How long an address of a file is kept, in milliseconds: long enough to be opened on a slow phone. */
const OPENING = 60_000;

export async function loadFace(of: Reported, face: Face, language: Language): Promise<File> {
  const init = { headers: { Accept: faces[face], "Accept-Language": language }, parseAs: "blob" } as const;
  const { client } = account;
  const { data, response } =
    "cycleId" in of
      ? await client.GET("/v1/cycles/{cycleId}/report", { params: { path: of }, ...init })
      : await client.GET("/v1/networks/{networkId}/report", { params: { path: of }, ...init });
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "") ?? [];
  return new File([data], name ?? `report.${face}`, { type: data.type });
}

/** Shows a page in a tab that was opened for it, while the person's click allowed one. */
export function show(page: File, tab: Window): void {
  tab.location.replace(addressOf(page));
}

export function save(file: File): void {
  const link = document.createElement("a");
  link.href = addressOf(file);
  link.download = file.name;
  link.click();
}

function addressOf(file: File): string {
  const address = URL.createObjectURL(file);
  setTimeout(() => URL.revokeObjectURL(address), OPENING);
  return address;
}
