/** What is said in passing, to be seen and to be heard by those who use a screen reader. */
class Announcer {
  text: string = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    clearTimeout(this.#timer);
    // The same words twice are two messages.
    this.text = "";
    requestAnimationFrame(() => {
      this.text = text;
      this.#timer = setTimeout(() => this.hush(), 6_000);
    });
  }

  hush(): void {
    this.text = "";
  }
}

export const announcer: Announcer = new Announcer();
