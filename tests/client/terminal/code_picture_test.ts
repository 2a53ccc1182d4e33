import assert from "node:assert/strict";
import fc from "fast-check";
import { encode } from "uqr";
import { codePicture } from "../../../client/terminal/code_picture.ts";
import { type Line, paint } from "../../../client/terminal/styled_line.ts";
import { fromSeed } from "../../kit/seed.ts";

const large = { columns: 200, rows: 100 };

const link = "otpauth://totp/Ana's%20team:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Ana's%20team";

Deno.test("what is drawn is the code of the text, module by module, with two light ones around it", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 150 }), (text) => {
      const { data } = encode(text, { ecc: "L", border: 0 });
      const drawn = modulesOf(codePicture(text, large) ?? []);
      const inside = drawn.slice(2, 2 + data.length).map((row) => row.slice(2, 2 + data.length));
      assert.deepEqual(inside, data);
      assert.equal(drawn.flat().filter(Boolean).length, data.flat().filter(Boolean).length);
      assert.equal(drawn[0]?.length, data.length + 4);
    }),
    fromSeed(),
  );
});

Deno.test("the link of an authenticator app fits into a terminal of 80 columns and 24 rows", () => {
  const rows = codePicture(link, { columns: 80, rows: 23 });
  assert.ok(rows !== undefined && rows.length <= 23);
});

Deno.test("a code that would not fit whole is not drawn at all", () => {
  const rows = codePicture(link, large)?.length ?? 0;
  const columns = codePicture(link, large)?.[0]?.[0]?.text.length ?? 0;
  assert.ok(codePicture(link, { columns, rows }) !== undefined);
  assert.equal(codePicture(link, { columns: columns - 1, rows }), undefined);
  assert.equal(codePicture(link, { columns, rows: rows - 1 }), undefined);
});

Deno.test("it is black on white, whatever colours the person has chosen", () => {
  const [first = []] = codePicture(link, large) ?? [];
  assert.equal(paint(first, true), `\x1b[38;5;16;48;5;231m${paint(first, false)}\x1b[0m`);
  assert.match(paint(first, false), /^ +$/);
});

/** Two rows of modules out of each row of characters, `true` where it is dark. */
function modulesOf(lines: readonly Line[]): readonly (readonly boolean[])[] {
  return lines.flatMap((line) => {
    const characters = [...paint(line, false)];
    return [characters.map((one) => "█▀".includes(one)), characters.map((one) => "█▄".includes(one))];
  });
}
