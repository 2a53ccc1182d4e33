import { Trouble } from "../shared/trouble/mod.ts";

/** The authority's files are broken in a way that only a person can mend. The message says which one, and how. */
export class CertificateTrouble extends Trouble {
  override readonly name = "CertificateTrouble";
}
