/** Words that somebody is typing, so that a reload does not take them. They are gone with the tab. */
const NAME = "notebook.draft";

export const draft = {
  get: (): string => sessionStorage.getItem(NAME) ?? "",
  set: (text: string): void => (text === "" ? sessionStorage.removeItem(NAME) : sessionStorage.setItem(NAME, text)),
};
