/** Buffer's own slicing methods, which `toString` ends in; the type definitions leave them out. */
interface SlicingBuffer {
  latin1Slice(from: number, to: number): string;
  utf8Slice(from: number, to: number): string;
}

/** Text of bytes that are all below 0x80: about half the cost of {@link utf8Text}. */
export function asciiText(bytes: Buffer, from: number, to: number): string {
  return (bytes as unknown as SlicingBuffer).latin1Slice(from, to);
}

export function utf8Text(bytes: Buffer, from: number, to: number): string {
  return (bytes as unknown as SlicingBuffer).utf8Slice(from, to);
}

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
