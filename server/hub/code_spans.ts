/**
 * The text with a space in place of each code span and each fenced code block of Markdown (CommonMark 0.31, sections 6.1
 * and 4.5), where nobody is spoken to. Code that is only indented stays.
 */
export function withoutCode(text: string): string {
  if (!text.includes("`") && !text.includes("~~~")) return text;
  return paragraphsOutsideFences(text).map(withoutSpans).join("\n\n");
}

/** Spans end with their paragraph: a lone backtick takes nothing of the next one. */
function paragraphsOutsideFences(text: string): string[] {
  const paragraphs: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const endParagraph = () => {
    paragraphs.push(lines.join("\n"));
    lines = [];
  };
  for (const line of text.split("\n")) {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    fence = openedBy(line);
    if (fence !== undefined || line.trim() === "") endParagraph();
    else lines.push(line);
  }
  endParagraph();
  return paragraphs;
}

/** The run of backticks or tildes by which a line opens a block, also inside a quote. */
function openedBy(line: string): string | undefined {
  return /^[\s>]*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
}

function closes(line: string, fence: string): boolean {
  const run = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return run !== undefined && run[0] === fence[0] && run.length >= fence.length;
}

/** A span ends with a run of as many backticks as it began with; a backtick behind a backslash begins none. */
function withoutSpans(paragraph: string): string {
  return paragraph.replaceAll(
    /\\[\\`]|(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)/g,
    (found, run) => run === undefined ? found : " ",
  );
}
