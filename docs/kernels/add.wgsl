// add, for conv 3 + shortcut of ResNet-8 (width 8, 32 images of 14×14): 98 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(2) var<storage, read> aNorm: array<vec4f>;
@group(0) @binding(3) var<storage, read> b: array<vec4f>;
@group(0) @binding(4) var<storage, read> bNorm: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> result: array<vec4f>;
const LEAKY_SLOPE = 0.01;
@compute @workgroup_size(128)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = (workgroup.y * 32768u + workgroup.x) * 128u + local;
  if (index >= run.images * 392u) { return; }
  let pack = index % 2u;
  let pixelColumn = index / 2u % 14u;
  let pixelRow = index / 28u % 14u;
  let image = index / 392u;
  var sum = vec4f();
  {
    let aSlope = aNorm[4u + pack];
    let aIntercept = aNorm[6u + pack];
    sum += (aSlope * a[index] + aIntercept);
  }
  {
    let bSlope = bNorm[4u + pack];
    let bIntercept = bNorm[6u + pack];
    sum += max((bSlope * b[index] + bIntercept), vec4f(0.0));
  }
  result[index] = max(sum, vec4f(0.0));
}
