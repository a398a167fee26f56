// Writes the JSON Schema of the mapping file, which editors use. A unit test fails while it is out of date.
import { writeFileSync } from 'node:fs';
import { mappingJsonSchema } from '#contract/mapping-json-schema';

writeFileSync('schemas/mapping-1.schema.json', `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`);
