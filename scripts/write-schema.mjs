// Writes the JSON Schemas of the files that people write, which editors use. A unit test fails while one is out of date.
import { writeFileSync } from 'node:fs';
import { mappingJsonSchema } from '#contract/mapping-json-schema';
import { resolutionsJsonSchema } from '#contract/resolutions-json-schema';

writeFileSync('schemas/mapping-1.schema.json', `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`);
writeFileSync('schemas/resolutions-1.schema.json', `${JSON.stringify(resolutionsJsonSchema(), null, 2)}\n`);
