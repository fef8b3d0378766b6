// What charts.min.js holds: only the parts of ECharts that our charts draw with.
// build.sh bundles this file; VENDOR.md says from what.
import { use } from "echarts/core";
import { BarChart, CustomChart, HeatmapChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GridSimpleComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  VisualMapPiecewiseComponent,
} from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart, CustomChart, HeatmapChart, LineChart,
  AriaComponent, DatasetComponent, GridSimpleComponent, LegendPlainComponent, MarkLineComponent,
  TooltipComponent, VisualMapContinuousComponent, VisualMapPiecewiseComponent,
  SVGRenderer,
]);

export { getInstanceByDom, init, version } from "echarts/core";
