/**
 * `source` with comments and the inside of strings, templates and regular expressions turned into spaces: what is
 * left is code, at its old line and column. Quotation marks stay, and so does the code within `${}`.
 */
export function codeOnly(source: string): string {
  const openTemplates: number[] = []; // for each open `${`, the braces opened within it
  let result = "";
  let before = "";
  while (result.length < source.length) {
    const token = nextToken(source, result.length, before, openTemplates.at(-1) === 0);
    countBraces(token, openTemplates);
    result += visible(token);
    if (!isSilent(token)) before = token;
  }
  return result;
}

const comment = String.raw`//[^\n]*|/\*[^]*?\*/`;
const string = String.raw`"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'`;
const templatePart = "(?:\\\\[^]|\\$(?!\\{)|[^`\\\\$])*(?:`|\\$\\{)";
const pattern = String.raw`/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+/\w*`;
const rest = String.raw`\s+|[\w$\u0080-\uffff]+|[^]`;

const afterOperator = new RegExp([comment, string, "`" + templatePart, pattern, rest].join("|"), "y");
const afterOperand = new RegExp([comment, string, "`" + templatePart, rest].join("|"), "y");
const afterSubstitution = new RegExp("\\}" + templatePart, "y");

function nextToken(source: string, start: number, before: string, templateMayResume: boolean): string {
  const first = templateMayResume && source[start] === "}"
    ? afterSubstitution
    : isOperand(before)
    ? afterOperand
    : afterOperator;
  first.lastIndex = start;
  return first.exec(source)?.[0] ?? source.slice(start);
}

/** A slash after an operand divides; after anything else it opens a regular expression. */
function isOperand(token: string): boolean {
  if (/^(?:return|typeof|case|in|of|do|else|void|delete|throw|await|yield|instanceof|new)$/.test(token)) {
    return false;
  }
  return /[\w$\u0080-\uffff)\]"'`]$/.test(token);
}

function countBraces(token: string, openTemplates: number[]): void {
  const resumes = token.length > 1 && token.startsWith("}");
  if (resumes) openTemplates.pop();
  if ((resumes || token.startsWith("`")) && token.endsWith("${")) openTemplates.push(0);
  else if (token === "{" && openTemplates.length > 0) openTemplates.push((openTemplates.pop() ?? 0) + 1);
  else if (token === "}" && openTemplates.length > 0) openTemplates.push((openTemplates.pop() ?? 0) - 1);
}

function isSilent(token: string): boolean {
  return /^(?:\s|\/\/|\/\*)/.test(token);
}

function visible(token: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, " ");
  if (isSilent(token) || /^\/./.test(token)) return blank(token);
  const quoted = /^(["'`}])([^]*?)(["'`]|\$\{)$/.exec(token);
  if (quoted === null) return token;
  return `${quoted[1]}${blank(quoted[2] ?? "")}${quoted[3]}`;
}
