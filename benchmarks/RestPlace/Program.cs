using System.Globalization;
using Granary.RestPlace;

// Orders over REST, end to end, against a bare Kestrel POST: the same client, the same rate, a server process each.
// Usage: restplace [--requests 5000] [--rate 500] [--rounds 5]      (serve exchange|floor is what it starts itself)
if (args is ["serve", var kind])
{
    await (kind == "floor" ? Servers.ServeFloorAsync() : Servers.ServeExchangeAsync());
    return;
}

var requests = Argument("--requests", 5000);
var rate = Argument("--rate", 500);
var rounds = Argument("--rounds", 5);
using var floor = ServerProcess.Start("floor");
using var exchange = ServerProcess.Start("exchange");
var (floorUrl, exchangeUrl) = (await floor.UrlAsync(), await exchange.UrlAsync());
using var client = new PacedClient(rate);
await client.RunAsync(floorUrl, rate * 3);
await client.RunAsync(exchangeUrl, rate * 3);
Console.WriteLine($"{requests} requests a round at {rate}/s, {rounds} rounds, in turns; times from the send to the whole answer");
Console.WriteLine($"{"",8} {"POST p50",10} {"p99",8} {"order p50",10} {"p99",8} {"ratio p50",10} {"p99",6}");
var ratios = new List<(double P50, double P99)>();
for (var round = 1; round <= rounds; round++)
{
    var bare = await client.RunAsync(floorUrl, requests);
    var order = await client.RunAsync(exchangeUrl, requests);
    ratios.Add((order.P50 / bare.P50, order.P99 / bare.P99));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"round {round,2} {bare.P50,7:0} us {bare.P99,5:0} us {order.P50,7:0} us {order.P99,5:0} us {ratios[^1].P50,10:0.00} {ratios[^1].P99,6:0.00}"));
}
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"median ratio: p50 {Median(ratios.Select(r => r.P50)):0.00}, p99 {Median(ratios.Select(r => r.P99)):0.00}"));
return;

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}

int Argument(string name, int fallback)
{
    var i = Array.IndexOf(args, name);
    return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
}
