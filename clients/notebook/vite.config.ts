import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** Where `npm run dev` finds a server, such as that of `cargo run -- demo`. */
const server = process.env["FEEDBACKLUS"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  // Relative, so that the server may lie below a path.
  base: "./",
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { "/v1": server } },
  plugins: [
    svelte(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      injectRegister: false,
      injectManifest: { globPatterns: ["**/*.{html,js,css,svg,png}"] },
      manifest: {
        id: "./",
        name: "feedbacklus",
        short_name: "feedbacklus",
        description: "Leren van de praktijk: opschrijven, reflecteren, doen, terugvertellen.",
        lang: "nl",
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: "#fbf8f2",
        theme_color: "#00594f",
        icons: [
          { src: "icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
          { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
        ],
        shortcuts: [{ name: "Opschrijven", url: "./#/log" }],
      },
    }),
  ],
});
