import type { Deed, Pattern, Step, Transcript } from "../../tests/kit/transcript.ts";
import { plausible } from "./plausible.ts";

interface Spoken {
  readonly kind: "says" | "hears";
  readonly who: string;
  readonly frame: Pattern;
  /** The frame as it is shown. */
  readonly shown: string;
}

/** For each frame an example from the transcripts. */
export class Examples {
  readonly #spoken: readonly Spoken[];

  constructor(transcripts: readonly Transcript[]) {
    this.#spoken = transcripts.flatMap(({ steps }) => steps.flatMap(spokenIn));
  }

  /** A request with its answer. Empty where no transcript has one that is answered so. */
  exchange(type: string, answerType: string): readonly string[] {
    for (const [at, request] of this.#spoken.entries()) {
      if (request.kind !== "says" || request.frame.type !== type) continue;
      if (answerType === "nothing") return [`C ${request.shown}`];
      const answer = this.#answerTo(request, at);
      if (answer?.frame.type === answerType) return [`C ${request.shown}`, `S ${answer.shown}`];
    }
    return [];
  }

  /** A frame that the server said: of this type, unasked or as an answer, and the fullest that there is. */
  heard(type: string, asked: boolean): readonly string[] {
    const [fullest] = this.#spoken
      .filter(({ kind, frame }) =>
        kind === "hears" && frame.type === type && (frame.re !== undefined) === asked
      )
      .sort((one, other) => Object.keys(other.frame).length - Object.keys(one.frame).length);
    return fullest === undefined ? [] : [`S ${fullest.shown}`];
  }

  #answerTo({ who, frame }: Spoken, at: number): Spoken | undefined {
    return this.#spoken.slice(at).find((each) =>
      each.kind === "hears" && each.who === who && each.frame.re === frame.id
    );
  }
}

function spokenIn({ source, deed }: Step): readonly Spoken[] {
  if (!isSpoken(deed)) return [];
  return [{ ...deed, shown: plausible(source.slice(source.indexOf("{"))) }];
}

function isSpoken(deed: Deed): deed is Extract<Deed, { kind: "says" | "hears" }> {
  return deed.kind === "says" || deed.kind === "hears";
}
