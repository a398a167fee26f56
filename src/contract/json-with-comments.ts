/**
 * Blanks out what a person may add to JSON: comments and a comma before a closing bracket. Every other character keeps
 * its position, so that a syntax error's place is the place in the file.
 */
export function withoutComments(text: string): string {
  const blanked = text.replace(STRING_OR_COMMENT, (piece) => (piece.startsWith('"') ? piece : blank(piece)));
  return blanked.replace(STRING_OR_COMMA, (piece) => (piece.startsWith('"') ? piece : ` ${piece.slice(1)}`));
}

const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const STRING_OR_COMMA = /"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g;

function blank(comment: string): string {
  return comment.replace(/[^\n]/g, ' ');
}
