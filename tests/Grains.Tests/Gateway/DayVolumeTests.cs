using Granary.Engine.Bars;
using Granary.Engine.Market;
using Granary.Grains.Tests.Support;

namespace Granary.Grains.Tests.Gateway;
