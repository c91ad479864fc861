export { formatBytes, formatCount, formatCounted, formatDuration, formatTime, formatWait } from '@weir/core/text';
