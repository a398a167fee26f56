import {
  columnResizingFeature,
  columnSizingFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useState } from 'react';
import type { RowPage } from '#contract/api/catalog';
import { columnWidths } from './column-widths.ts';
import type { Row } from './row-source.ts';

const LEAST_PX = 56;
const MOST_PX = 1_200;

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const helper = createColumnHelper<typeof features, Row>();
/** Rows are drawn from their pages; the table only knows the columns. */
const NO_ROWS: Row[] = [];

/** The columns with their widths, which their user may change. */
export function useGridColumns(first: RowPage) {
  const [columns] = useState(() => {
    const widths = columnWidths(first);
    return helper.columns(
      first.columns.map((name, index) =>
        helper.accessor((row) => row[index], {
          id: name,
          size: widths[index] ?? LEAST_PX,
          minSize: LEAST_PX,
          maxSize: MOST_PX,
        }),
      ),
    );
  });
  return useTable({ features, columns, data: NO_ROWS, columnResizeMode: 'onChange' });
}

export type GridHeader = ReturnType<ReturnType<typeof useGridColumns>['getFlatHeaders']>[number];
