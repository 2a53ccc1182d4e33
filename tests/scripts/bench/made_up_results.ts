import type { Results } from "../../../scripts/bench/results.ts";

/** Two servers at one scenario that the chart shows, and one at another that it does not. */
export const madeUpResults: Results = {
  day: "2026-11-24",
  machine: "a machine",
  rounds: 3,
  share: 1,
  servers: { chat: "ours", other: "theirs" },
  scenarios: [{
    name: "fan-out",
    says: "A room",
    columns: [
      { key: "deliveriesPerSecond", title: "deliveries/s", better: "more", decimals: 0 },
      { key: "lost", title: "lost", better: "zero", decimals: 0 },
    ],
    rows: [
      {
        server: "chat",
        label: "",
        figures: { deliveriesPerSecond: 1_500_000, cpuUsPerDelivery: 0.5, lost: 0 },
      },
      {
        server: "other",
        label: "",
        figures: { deliveriesPerSecond: 500_000, cpuUsPerDelivery: 0.75, lost: 0 },
      },
    ],
  }, {
    name: "history",
    says: "Pages",
    columns: [{ key: "p99Ms", title: "p99 ms", better: "less", decimals: 1 }],
    rows: [{ server: "chat", label: "10 messages", figures: { p99Ms: 1.25 } }],
  }],
};
