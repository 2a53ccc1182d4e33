// `@peculiar/x509` fails to load unless `reflect-metadata` was loaded before it, so it is imported here and nowhere else.
import "reflect-metadata";
export * from "@peculiar/x509";
