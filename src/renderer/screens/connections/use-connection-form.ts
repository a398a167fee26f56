import { type UseFormReturnType, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { SavedConnection } from '#contract/api/connections';
import { type FieldProblem, type FormValues, fieldRules, initialValues } from './form-values.ts';

export type ConnectionFields = UseFormReturnType<FormValues>;

/** What a test needs; a name it does not. */
const SERVER_FIELDS = ['host', 'port', 'database', 'user'] as const;

/** The fields of a connection, each checked with a message of its own. */
export function useConnectionForm(connection: SavedConnection | null) {
  const { t } = useTranslation();
  const say = (problem: FieldProblem | null) => (problem === null ? null : t(`connections.invalid.${problem}`));
  return useForm<FormValues>({
    initialValues: initialValues(connection),
    validate: {
      name: (value) => say(fieldRules.name(value)),
      host: (value) => say(fieldRules.host(value)),
      port: (value) => say(fieldRules.port(value)),
      database: (value) => say(fieldRules.database(value)),
      user: (value) => say(fieldRules.user(value)),
    },
  }) as ConnectionFields;
}

/** Checks what a test needs, and goes to the first field that is wrong. */
export function checkServerFields(fields: ConnectionFields): boolean {
  const wrong = SERVER_FIELDS.filter((name) => fields.validateField(name).hasError);
  focusField(fields, wrong[0]);
  return wrong.length === 0;
}

export function focusField(fields: ConnectionFields, name: string | undefined): void {
  if (name !== undefined) fields.getInputNode(name)?.focus();
}
