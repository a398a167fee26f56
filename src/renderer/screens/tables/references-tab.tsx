import { Anchor, Code, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { TableDescription } from '#contract/api/catalog';
import { tableAddress } from './table-place.ts';

interface ReferencesTabProps {
  /** Of the connection, as in the address. */
  readonly id: string;
  readonly description: TableDescription;
}

/** How the table hangs together with others, both ways. */
export function ReferencesTab({ id, description: { references, referencedBy } }: ReferencesTabProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="xl">
      <Links id={id} title={t('tables.references.out')} none={t('tables.references.outNone')} links={references} />
      <Links id={id} title={t('tables.references.in')} none={t('tables.references.inNone')} links={referencedBy} />
    </Stack>
  );
}

interface LinksProps {
  readonly id: string;
  readonly title: string;
  readonly none: string;
  readonly links: TableDescription['references'];
}

function Links({ id, title, none, links }: LinksProps) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={3} fz="md" mb="xs">
        {title}
      </Title>
      {links.length === 0 ? <Text c="dimmed">{none}</Text> : null}
      {links.length === 0 ? null : (
        <Table.ScrollContainer minWidth={620} type="native">
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('tables.references.otherTable')}</Table.Th>
                <Table.Th>{t('tables.references.columns')}</Table.Th>
                <Table.Th>{t('tables.references.otherColumns')}</Table.Th>
                <Table.Th>{t('tables.references.onDelete')}</Table.Th>
                <Table.Th>{t('tables.references.constraint')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {links.map((link) => (
                <LinkRow key={`${link.other.schema}.${link.other.table}.${link.constraint}`} id={id} link={link} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}

function LinkRow({ id, link }: { readonly id: string; readonly link: LinksProps['links'][number] }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Anchor component={Link} href={tableAddress(id, link.other)} fz="inherit">
          {link.other.schema}.{link.other.table}
        </Anchor>
      </Table.Th>
      <Table.Td>{link.columns.join(', ')}</Table.Td>
      <Table.Td>{link.otherColumns.join(', ')}</Table.Td>
      <Table.Td>
        <Code>{link.onDelete}</Code>
      </Table.Td>
      <Table.Td className="wrap-anywhere">{link.constraint}</Table.Td>
    </Table.Tr>
  );
}
