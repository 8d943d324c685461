import { mount } from "svelte";
import App from "./App.svelte";
import "./base.css";
import "./parts.css";
import { keepTheApp } from "./lib/app-itself.svelte";

const target = document.getElementById("app");
if (target !== null) {
  mount(App, { target });
}
void keepTheApp();
