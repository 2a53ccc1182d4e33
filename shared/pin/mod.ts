/** The pin of an authority, made of its certificate; how pins are written is the business of `shared/identity`. Imports no other room. */
export { CertificateUnreadable, pinOf } from "./pin.ts";
