import { anyCodeQuestion, askNewPassword, codeOf } from "./commands/mod.ts";
import type { Connection } from "./connection/mod.ts";
import type { Door } from "./entrance/mod.ts";
import { askYesOrNo, type Person } from "./person.ts";
import { type ErrorCode, limits, Refusal, userName } from "../shared/protocol/mod.ts";
import type { Clock } from "../shared/world/mod.ts";
import { safeText, span, waitText } from "./terminal/mod.ts";

/** Whoever is to wait longer is told so and may come back, in milliseconds. */
const pauseMsMax = 15 * 60_000;

export interface SignInByHandOptions {
  readonly door: Door;
  readonly clock: Clock;
  readonly person: Person;
  readonly invite?: string | undefined;
  /** The secret of a reset link: a new password is asked for, and no name. */
  readonly reset?: string | undefined;
  /** The name to use, where it was said. */
  readonly user?: string | undefined;
  /** The password to try first. */
  readonly password?: string | undefined;
  readonly systemUser?: string | undefined;
  /** Whether this person has had an account here before. */
  readonly isKnown: boolean;
}

const whoseReset = "You choose a new password for the account that the link was made for.";
const wrongCode =
  "That code is wrong or was used before: take the next one of your app, or check the recovery code; Ctrl-C stops.";

/** Asks a person for name, password and code until the server lets them in. */
export class SignInByHand {
  readonly #options: SignInByHandOptions;
  #isNew: boolean | undefined;
  #name: string | undefined;
  /** Offered as the answer to the next question for a name. */
  #likelyName: string | undefined;
  #password: string | undefined;
  /** Of the second factor, once the server has asked for one. */
  #code: string | undefined;

  constructor(options: SignInByHandOptions) {
    this.#options = options;
    this.#name = options.user;
    this.#password = options.password;
    const likely = nameOrRefusal(options.systemUser);
    this.#likelyName = likely instanceof Refusal ? undefined : likely;
  }

  /** Throws the `Refusal` that no other answer can change, and what `Door` throws. */
  async run(): Promise<Connection> {
    this.#isNew = await this.#askWhetherNew();
    if (this.#options.reset !== undefined) this.#say(whoseReset);
    for (let tries = 1;; tries++) {
      const name = await this.#nameToUse();
      this.#password ??= await this.#askPassword();
      try {
        return await this.#try(name, this.#password);
      } catch (refusal) {
        if (!(refusal instanceof Refusal) || tries > limits.authenticationRetries) throw refusal;
        await this.#learnFrom(refusal);
      }
    }
  }

  #try(name: string, password: string): Promise<Connection> {
    const { door, invite, reset } = this.#options;
    if (reset !== undefined) return door.redeemReset(reset, password, this.#code);
    return this.#isNew ? door.register(name, password, invite) : door.login(name, password, this.#code);
  }

  /** Not asked where the answer is clear from what the person has or the server allows. */
  async #askWhetherNew(): Promise<boolean> {
    const { invite, reset, isKnown, door, person } = this.#options;
    if (isKnown || reset !== undefined) return false;
    if (invite !== undefined) return true;
    if (door.hello.registration !== "open") return false;
    return await askYesOrNo(person, "New here? Yes makes an account, no logs you in", true);
  }

  /** A reset link is for one account, whose name the server knows. */
  async #nameToUse(): Promise<string> {
    if (this.#options.reset !== undefined) return "";
    this.#name ??= await this.#askName();
    return this.#name;
  }

  async #askName(): Promise<string> {
    const { person } = this.#options;
    const likely = this.#likelyName;
    const question = likely === undefined ? "  Your name: " : `  Your name [${likely}]: `;
    for (;;) {
      const answer = (await person.ask(question)).trim();
      const name = nameOrRefusal(answer === "" ? likely ?? "" : answer);
      if (!(name instanceof Refusal)) return name;
      this.#say(`${name.message}.`);
    }
  }

  async #askPassword(): Promise<string> {
    const { person, user, reset } = this.#options;
    if (reset !== undefined) return await this.#askNewPassword("  New password: ");
    // Whoever was not asked for the name should see whose password it is.
    const question = user === undefined ? "  Password: " : `  Password for ${user}: `;
    return this.#isNew ? await this.#askNewPassword(question) : await person.askHidden(question);
  }

  async #askNewPassword(question: string): Promise<string> {
    const { person } = this.#options;
    const least = limits.passwordCodePointsMin;
    this.#say(`A password has ${least} characters or more. What you type stays hidden.`);
    let password = "";
    while (password === "") {
      password = await askNewPassword(() => person.askHidden(question), (text) => this.#say(text));
    }
    return password;
  }

  /** Forgets the answers that the server would not have, and says why. Rethrows what asking again cannot change. */
  async #learnFrom(refusal: Refusal): Promise<void> {
    const lesson = this.#lessons[refusal.code];
    if (lesson === undefined) throw refusal;
    await lesson(refusal);
  }

  readonly #lessons: { readonly [Code in ErrorCode]?: (refusal: Refusal) => void | Promise<void> } = {
    code_required: () => this.#askCode("Two-factor is on for this account."),
    code_invalid: () => this.#askCode(wrongCode),
    auth_failed: () => this.#askAgain("Name and password do not fit together. Please try again."),
    username_exists: () => this.#askOtherName(),
    username_invalid: (refusal) => this.#askOtherName(refusal.message),
    weak_password: (refusal) => {
      this.#say(`${refusal.message}. Please choose another one.`);
      this.#password = undefined;
    },
    invite_invalid: (refusal) => this.#offerLogin(refusal, "This invite is used up, expired or unknown."),
    registration_closed: (refusal) => this.#offerLogin(refusal, "This server takes nobody new."),
    invite_required: (refusal) => this.#offerLogin(refusal, "Here one needs an invite to make an account."),
    rate_limited: (refusal) => this.#wait(refusal),
    busy: (refusal) => this.#wait(refusal),
  };

  async #askCode(why: string): Promise<void> {
    this.#say(why);
    const answer = await this.#options.person.ask(`  ${anyCodeQuestion}: `);
    this.#code = codeOf(answer);
  }

  #askAgain(why: string): void {
    this.#say(why);
    this.#likelyName = this.#name;
    this.#name = this.#options.user;
    this.#password = undefined;
  }

  #askOtherName(why: string = `The name "${this.#name}" is taken`): void {
    this.#say(`${why}. Please choose another one.`);
    this.#likelyName = undefined;
    this.#name = undefined;
  }

  async #offerLogin(refusal: Refusal, why: string): Promise<void> {
    if (!this.#isNew) throw refusal;
    this.#say(why);
    if (!await askYesOrNo(this.#options.person, "Do you have an account here, to log in with?")) {
      throw refusal;
    }
    this.#isNew = false;
    this.#likelyName = this.#name;
    this.#name = this.#options.user;
    this.#password = undefined;
  }

  async #wait(refusal: Refusal): Promise<void> {
    const { retryAfterMs: waitMs = 1_000, message } = refusal;
    if (waitMs > pauseMsMax) throw refusal;
    this.#say(`${message}. This tries again by itself in ${waitText(waitMs)}; Ctrl-C stops it.`);
    await this.#options.clock.sleep(waitMs);
    // It has passed by then: the server asks for the next one.
    this.#code = undefined;
  }

  #say(text: string): void {
    this.#options.person.show([[span(`  ${safeText(text)}`)]]);
  }
}

function nameOrRefusal(text: string | undefined): string | Refusal {
  try {
    return userName.read(text, "name");
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}
