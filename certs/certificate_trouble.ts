/** The authority's files are broken in a way that only a person can mend. The message says which one, and how. */
export class CertificateTrouble extends Error {
  override readonly name = "CertificateTrouble";
}
