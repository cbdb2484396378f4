using System.Text.RegularExpressions;

namespace Granary.Tidy.Tests;

public sealed class DocumentationTests
{
    /// <summary>The compiler's own release lists of analyzers have a form of their own.</summary>
    private static IEnumerable<string> Documents =>
        Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith("AnalyzerReleases.", StringComparison.Ordinal));

    [Fact]
    public void Every_document_begins_with_its_only_title()
    {
        var wrong = new List<string>();
        foreach (var file in Documents)
        {
            var lines = OutsideCode(file).ToList();
            var titles = lines.Count(l => l.Text.StartsWith("# ", StringComparison.Ordinal));
            if (titles != 1) wrong.Add($"{file}: {titles} titles");
            else if (!lines.First(l => l.Text.Length > 0).Text.StartsWith("# ", StringComparison.Ordinal)) wrong.Add($"{file}: does not begin with its title");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var wrong = new List<string>();
        foreach (var file in Documents)
        {
            foreach (var (line, text) in OutsideCode(file))
            {
                foreach (Match link in Regex.Matches(text, @"\]\((?!https?:|#|mailto:)(?<target>[^)#\s]+)[^)]*\)"))
                {
                    var target = Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, link.Groups["target"].Value);
                    if (!File.Exists(target) && !Directory.Exists(target)) wrong.Add($"{file}:{line}: {link.Groups["target"].Value}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_two_commands_of_the_readme_are_those_of_the_continuous_integration()
    {
        string[] commands = ["dotnet run --project src/Silo", "dotnet test"];
        var readme = Repository.Lines("README.md").Select(l => l.Trim()).ToList();
        var script = Repository.Lines(".ci/run").Select(l => l.Trim()).Where(l => !l.StartsWith('#')).ToList();

        foreach (var command in commands)
        {
            readme.ShouldContain(command);
            script.ShouldContain(
                l => Regex.IsMatch(l, $@"(^|[;&|(]\s*|\s){Regex.Escape(command)}(\s*(2?>|\||&|\)|;|$))"), $".ci/run does not call '{command}' as the README has it");
        }
        // The commands of the README stand in one block with nothing to do before them.
        readme.SkipWhile(l => !l.StartsWith("```", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l != "```").Where(l => l.Length > 0 && l[0] != '#').ShouldBe(commands);
    }

    [Fact]
    public void Every_project_is_in_the_architecture()
    {
        var page = Repository.Read("docs/ARCHITECTURE.md");

        foreach (var project in Repository.Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal)))
            page.ShouldContain($"`{Path.GetDirectoryName(project)!.Replace('\\', '/')}`");
    }

    [Fact]
    public void Decisions_are_numbered_without_a_hole()
    {
        var numbers = Documents.Where(f => f.StartsWith("docs/adr/", StringComparison.Ordinal)).Select(f => int.Parse(Path.GetFileName(f)[..4])).Order().ToList();

        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
        numbers.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_console_and_the_guide_tell_the_same_exit_codes()
    {
        var codes = Regex.Matches(Repository.Read("src/Client/Cli/ExitCode.cs"), @"public const int (?<name>\w+) = (?<code>\d+);").Select(m => m.Groups["code"].Value).ToList();
        var guide = Repository.Read("docs/operator-guide.md");

        codes.Count.ShouldBe(5);
        foreach (var code in codes) guide.ShouldContain($"\n| {code} |");
    }

    private static IEnumerable<(int Number, string Text)> OutsideCode(string file)
    {
        var isCode = false;
        var number = 0;
        foreach (var line in Repository.Lines(file))
        {
            number++;
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            else if (!isCode) yield return (number, line);
        }
    }
}
