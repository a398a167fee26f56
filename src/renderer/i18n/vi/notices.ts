import type { notices as en } from '../en/notices.ts';
import type { TextsLike } from '../texts.ts';

export const notices: TextsLike<typeof en> = {
  title: {
    succeeded: 'Công việc {{number}} đã xong',
    succeeded_with_rejects: 'Công việc {{number}} đã xong, nhưng chưa nạp được hết',
    failed: 'Công việc {{number}} thất bại',
    waiting_for_review: 'Công việc {{number}} đang chờ bạn duyệt',
    cancelled: 'Công việc {{number}} đã huỷ',
    interrupted: 'Công việc {{number}} bị gián đoạn',
    undone: 'Công việc {{number}} đã được hoàn tác',
  },
  text: {
    rows_one: 'Đã nạp {{count, number}} dòng.',
    rows_other: 'Đã nạp {{count, number}} dòng.',
    rejects_one: 'Đã nạp {{rows, number}} dòng, {{count, number}} dòng bị loại.',
    rejects_other: 'Đã nạp {{rows, number}} dòng, {{count, number}} dòng bị loại.',
    nothingNew: 'Không có gì mới để nạp.',
    tables: 'Các bảng đã khớp với ánh xạ.',
    dryRun: 'Đây là lần chạy thử: không có gì thay đổi.',
    failed: 'Chưa nạp gì. Mở công việc để xem lý do và cách xử lý.',
    tablesFailed: 'Chưa thay đổi gì. Mở công việc để xem lý do và cách xử lý.',
    waiting_for_review: 'Chưa có gì trong các bảng: các xung đột đang chờ bạn quyết định.',
    stopped: 'Chưa nạp gì; có thể tiếp tục công việc này.',
    tablesStopped: 'Chưa thay đổi gì; có thể tiếp tục công việc này.',
    undone: 'Các bảng đã trở lại như trước, trừ những dòng có người sửa sau đó.',
  },
  open: 'Mở công việc',
  mark: 'Công việc {{number}}',
  runs_one: '{{count, number}} công việc đang chạy',
  runs_other: '{{count, number}} công việc đang chạy',
};
