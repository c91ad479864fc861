/** Unpacks gzip data (RFC 1952). */
export interface Unpacker {
  /**
   * The bytes inside, of one member or of several, as they are read: memory does not grow with what is inside. No bytes at
   * all are nothing inside; zeros behind the last member are padding.
   *
   * @throws PortError `unpacker.damaged` where the bytes are no gzip data, are damaged, cut off or followed by something
   * else; what `packed` throws passes through
   */
  unpack(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}
