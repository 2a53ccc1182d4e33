/** The results that matter most as a picture, SVG by hand. */
import { inDigits, type Results } from "./results.ts";

interface Panel {
  readonly title: string;
  readonly remark: string;
  readonly scenario: string;
  readonly key: string;
  readonly decimals: number;
}

const panels: readonly Panel[] = [
  {
    title: "Messages delivered in a second",
    remark: "a room of 100, at full speed; longer is better",
    scenario: "fan-out",
    key: "deliveriesPerSecond",
    decimals: 0,
  },
  {
    title: "Server CPU for one delivery, in microseconds",
    remark: "a room of 100, at full speed; shorter is better",
    scenario: "fan-out",
    key: "cpuUsPerDelivery",
    decimals: 2,
  },
  {
    title: "99 of 100 deliveries take at most so many milliseconds",
    remark: "100 messages a second into a room of 100; shorter is better",
    scenario: "paced",
    key: "p99Ms",
    decimals: 1,
  },
  {
    title: "Memory of an idle connection, in KiB",
    remark: "1,000 of them; shorter is better",
    scenario: "idle",
    key: "kibPerConnection",
    decimals: 0,
  },
];

interface Bar {
  readonly server: string;
  readonly value: number;
}

const width = 760,
  margin = 24,
  nameWidth = 96,
  valueWidth = 90,
  barHeight = 20,
  rowHeight = 28,
  headHeight = 58;
const barWidthMax = width - 2 * margin - nameWidth - valueWidth;

/** A picture of those of the panels that there are results for. */
export function chartOf(results: Results): string {
  const drawn = panels.map((panel) => ({ panel, bars: barsOf(panel, results) }))
    .filter(({ bars }) => bars.length > 0);
  let top = 0;
  const parts = drawn.map(({ panel, bars }) => {
    const part = panelText(panel, bars, top);
    top += headHeight + bars.length * rowHeight;
    return part;
  });
  const height = top + margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" font-family="system-ui, sans-serif">\n<title>${spoken(drawn)}</title>\n` +
    `<rect width="${width}" height="${height}" rx="8" fill="#ffffff" />\n${parts.join("")}</svg>\n`;
}

function barsOf({ scenario, key }: Panel, { scenarios }: Results): readonly Bar[] {
  const rows = scenarios.find(({ name }) => name === scenario)?.rows ?? [];
  const label = rows[0]?.label;
  return rows.filter((row) => row.label === label)
    .map(({ server, figures }) => ({ server, value: figures[key] ?? 0 }));
}

function panelText(panel: Panel, bars: readonly Bar[], top: number): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const head = text(margin, top + 30, panel.title, 'font-size="15" font-weight="600" fill="#1f2933"') +
    text(margin, top + 47, panel.remark, 'font-size="12" fill="#616e7c"');
  return head + bars.map((bar, at) => barText(bar, panel, most, top + headHeight + at * rowHeight)).join("");
}

function barText({ server, value }: Bar, { decimals }: Panel, most: number, top: number): string {
  const long = Math.max(2, Math.round((value / most) * barWidthMax));
  const isOurs = server === "chat";
  const left = margin + nameWidth, line = top + barHeight - 5;
  const weight = isOurs ? 'font-weight="600"' : "";
  return text(margin, line, server, `font-size="13" fill="#1f2933" ${weight}`) +
    `<rect x="${left}" y="${top}" width="${long}" height="${barHeight}" rx="3" ` +
    `fill="${isOurs ? "#2563eb" : "#b8c2cc"}" />\n` +
    text(left + long + 8, line, inDigits(value, decimals), `font-size="13" fill="#1f2933" ${weight}`);
}

function text(x: number, y: number, words: string, style: string): string {
  return `<text x="${x}" y="${y}" ${style.trim()}>${words}</text>\n`;
}

/** What somebody hears who cannot see it. */
function spoken(drawn: readonly { readonly panel: Panel; readonly bars: readonly Bar[] }[]): string {
  return drawn.map(({ panel, bars }) =>
    `${panel.title}: ${
      bars.map(({ server, value }) => `${server} ${inDigits(value, panel.decimals)}`).join(", ")
    }`
  ).join(". ");
}
