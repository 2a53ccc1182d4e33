/** No answer will come: the connection went away, or none is open. Whether the request was carried out is not known. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}
