using System.Xml.Linq;

namespace Granary.Tidy.Tests;

public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Engine"] = [],
        ["Tape"] = ["Engine"],
        ["Journal"] = ["Engine"],
        ["Venues"] = ["Engine"],
        ["Exchange"] = ["Engine", "Tape"],
        ["Backtest"] = ["Engine", "Tape"],
        ["Grains.Interfaces"] = ["Engine"],
        ["Grains"] = ["Grains.Interfaces", "Engine", "Venues", "Journal"],
        ["Silo"] = ["Grains", "Grains.Interfaces", "Exchange", "Backtest", "Engine", "Venues", "Journal", "Tape"],
        ["Client"] = ["Engine", "Backtest", "Exchange"],
        ["Orleans.Embedded"] = [],
        ["Orleans.Embedded.Generator"] = [],
    };

    [Fact]
    public void Projects_refer_only_to_those_below_them()
    {
        var wrong = new List<string>();
        foreach (var project in Repository.Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            if (!Allowed.TryGetValue(name, out var allowed)) wrong.Add($"{project}: not in the list of this test; add it with what it may refer to");
            else wrong.AddRange(References(project).Except(allowed).Select(r => $"{project} must not refer to {r}; allowed: {string.Join(", ", allowed)}"));
        }

        wrong.ShouldBeEmpty();
        Repository.Projects.Count(p => p.StartsWith("src/", StringComparison.Ordinal)).ShouldBe(Allowed.Count);
    }

    [Fact]
    public void Only_the_projects_with_grains_are_built_on_the_actor_runtime()
    {
        string[] expected = ["Grains", "Grains.Interfaces", "Silo"];

        var actual = Repository.Projects
            .Where(p => p.StartsWith("src/", StringComparison.Ordinal) && Repository.Read(p).Contains("ActorRuntime.props", StringComparison.Ordinal))
            .Select(p => Path.GetFileNameWithoutExtension(p));

        actual.ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void No_project_of_the_product_refers_to_tests() =>
        Repository.Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal)).Where(p => Repository.Read(p).Contains("tests/", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_project_of_the_product_has_its_tests()
    {
        // Messages are tested with the grains that send them, the generator with the runtime that it writes for.
        string[] elsewhere = ["Grains.Interfaces", "Orleans.Embedded.Generator"];

        var missing = Allowed.Keys.Except(elsewhere).Where(n => !Repository.Files.Contains($"tests/{n}.Tests/{n}.Tests.csproj"));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Orleans.sln").Replace('\\', '/');

        Repository.Projects.Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Package_versions_are_central_and_exact()
    {
        var wrong = new List<string>();
        foreach (var project in Repository.Projects)
        {
            foreach (var item in XDocument.Parse(Repository.Read(project)).Descendants().Where(e => e.Name.LocalName is "PackageReference" or "PackageDownload"))
            {
                var version = item.Attribute("Version")?.Value;
                var isDownload = item.Name.LocalName == "PackageDownload";
                if (item.Attribute("VersionOverride") is not null) wrong.Add($"{project}: {item} overrides the central version");
                else if (!isDownload && version is not null) wrong.Add($"{project}: {item} has a version of its own; put it into Directory.Packages.props");
                else if (isDownload && !(version is ['[', .., ']'] && IsExact(version[1..^1]))) wrong.Add($"{project}: {item} is not pinned like [1.2.3]");
            }
        }
        foreach (var item in XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion"))
            if (item.Attribute("Version")!.Value is var version && version != "$(OrleansVersion)" && !IsExact(version)) wrong.Add($"Directory.Packages.props: {item} is not exact");

        wrong.ShouldBeEmpty();
        Repository.Read("Directory.Packages.props").ShouldContain("<CentralPackageTransitivePinningEnabled>true<");
    }

    private static bool IsExact(string version) => System.Text.RegularExpressions.Regex.IsMatch(version, @"^\d+(\.\d+){1,3}(-[0-9A-Za-z.-]+)?$");

    private static IEnumerable<string> References(string project) => XDocument.Parse(Repository.Read(project))
        .Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
