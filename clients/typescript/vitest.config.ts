import type { ViteUserConfig } from "vitest/config";

// The package's own name is its source here, so that the examples and the tests mean the same classes.
const conditions = ["feedbacklus-source"];

const config: ViteUserConfig = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    slowTestThreshold: 20_000,
    include: ["tests/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default config;
