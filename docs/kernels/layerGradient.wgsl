// layer gradient, for conv 2 of ResNet-8 (width 8, 32 images of 14×14): 25 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read_write> g: array<vec4f>;
@group(0) @binding(2) var<storage, read> z: array<vec4f>;
@group(0) @binding(3) var<storage, read> zNorm: array<vec4f>;
@group(0) @binding(4) var<storage, read> normSums: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> shiftGradient: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> scaleGradient: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> stats: array<vec4f>;
var<workgroup> shared4: array<vec4f, 64>;
fn workgroupSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = shared4[local] + shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[0];
}
fn workgroupMax(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = max(shared4[local], shared4[local + stride]); }
    workgroupBarrier();
  }
  return shared4[0];
}
fn unitSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride >= 16u; stride /= 2u) {
    if (local < stride) { shared4[local] += shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[local % 16u];
}
var<workgroup> means: array<vec4f, 4>;
fn packSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride >= 2u; stride /= 2u) {
    if (local < stride) { shared4[local] += shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[local % 2u];
}
fn allMeans(isFirst: bool, local: u32) {
  let count = run.images * 196u;
  let parts = (count + 447u) / 448u;
  let pack = min(local % 2u, 1u);
  var mine = vec4f();
  var mineAlong = vec4f();
  for (var i = local / 2u; i < parts; i += 32u) {
    let at = (i * 2u + pack) * 2u;
    mine += normSums[at];
    mineAlong += normSums[at + 1u];
  }
  let total = packSum(mine, local);
  let along = packSum(mineAlong, local);
  if (local < 2u) {
    means[pack] = total / f32(count);
    means[2u + pack] = along / f32(count);
    if (isFirst) {
      shiftGradient[pack] = total;
      scaleGradient[pack] = along;
    }
  }
  workgroupBarrier();
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  allMeans(workgroup.x == 0u, local);
  let unit = workgroup.x * 16u + local % 16u;
  let working = unit < 392u;
  let pack = unit % 2u;
  var largest = 0.0;
  var squares = 0.0;
  var life = vec4f();
  var total = vec4f();
  if (working) {
    let zSlope = zNorm[4u + pack];
    let zIntercept = zNorm[6u + pack];
    let zMean = zNorm[0u + pack];
    let zInverseStd = zNorm[2u + pack];
    let meanGradient = means[pack];
    let meanAlong = means[2u + pack];
    for (var image = local / 16u; image < run.images; image += 4u) {
      let at = image * 392u + unit;
      let raw = z[at];
      let gradient = zSlope * (g[at] - meanGradient - (raw - zMean) * zInverseStd * meanAlong);
      g[at] = gradient;
      let sizes = abs(gradient);
      let larger = max(max(sizes.x, sizes.y), max(sizes.z, sizes.w));
      if (larger > largest) {
        squares *= (largest / larger) * (largest / larger);
        largest = larger;
      }
      let share = gradient / max(largest, 1e-37);
      squares += dot(share, share);
      let out = max((zSlope * raw + zIntercept), vec4f(0.0));
      life += out;
    }
  }
  life = unitSum(life, local);
  let dead = select(0.0, dot(select(vec4f(), vec4f(1.0), life <= vec4f()), vec4f(1.0)), working && local < 16u);
  let scale = workgroupMax(vec4f(largest), local).x;
  let ratio = largest / max(scale, 1e-37);
  let sums = workgroupSum(vec4f(squares * ratio * ratio, dead, 0.0, 0.0), local);
  if (local == 0u) { stats[workgroup.x] = vec4f(scale, sums.x, sums.y, 0.0); }
}
