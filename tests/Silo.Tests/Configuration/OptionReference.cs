using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Granary.Silo.Configuration;
using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Tests.Configuration;

/// <summary>Reads every option with its documentation: the summary has the form "meaning; range, default value."</summary>
public static partial class OptionReference
{
    public sealed record Option(string Path, PropertyInfo Property, string Meaning, string Range, string Default, object? DefaultValue);

    private static readonly Dictionary<string, Dictionary<string, XElement>> Files = [];

    // Reads the files: keep it below them.
    public static IReadOnlyList<Option> All { get; } = [.. Walk(typeof(GranaryOptions), new GranaryOptions(), "")];

    [GeneratedRegex(@"^(?<meaning>.*); (?:(?<range>[^;]*), )?(?<default>default (?<value>[^;]*)|required)$", RegexOptions.Singleline)]
    private static partial Regex Form { get; }

    public static string Markdown()
    {
        var lines = new List<string>
        {
            "# Configuration reference",
            "",
            "Generated from the options' own documentation by a test; to bring it up to date run the tests with `GRANARY_APPROVE=1`.",
            "",
            "Each option can be set in `appsettings.json`, as an environment variable (`Engine__Id` or `GRANARY_Engine__Id`) or as an argument (`--Engine:Id g2`); the",
            "later of these wins. `N` stands for an entry's number in its list, from 0. A list whose entries have a name can be given as plain text:",
            "`--Engine:Symbols BTCUSDT,ETHUSDT`. Relative file names start from the folder of `appsettings.json`. A wrong value, and a name that is not an option, keep the",
            "silo from starting.",
        };
        foreach (var section in All.GroupBy(o => o.Path.Split(':')[0]))
        {
            lines.AddRange(["", $"## {section.Key}", "", "| option | meaning | allowed | default |", "|---|---|---|---|"]);
            foreach (var o in section) lines.Add($"| `{o.Path}` | {Cell(o.Meaning)} | {Cell(o.Range)} | {Cell(o.Default)} |");
        }
        lines.AddRange(
        [
            "",
            "## Keys of the venue",
            "",
            "Keys are taken from the environment or from the file that `Venue:CredentialsFile` names, never from configuration or arguments.",
            "",
            "| variable | meaning |",
            "|---|---|",
            "| `GRANARY_API_KEY`, `GRANARY_API_SECRET` | Keys of the account, for any venue but the built-in exchange |",
            "| `GRANARY_API_KEY_NAME`, `GRANARY_API_SECRET_NAME` | Keys of the account called name, when there are several |",
            "",
            "## Serilog",
            "",
            "The section `Serilog` is read by Serilog.Settings.Configuration: levels, console and files. In the `path` of a file `{data}` stands for the journal's folder.",
            "",
        ]);
        return string.Join('\n', lines);
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private static IEnumerable<Option> Walk(Type type, object? sample, string path)
    {
        foreach (var property in OptionProperties.Of(type))
        {
            var at = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            var value = sample is null ? null : property.GetValue(sample);
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var entry = OptionProperties.EntryType(inner);
            if (property.IsDefined(typeof(InheritsAttribute)))
            {
                yield return Read(at, property, null);
                continue;
            }
            if (entry is not null || OptionText.IsScalar(inner)) yield return Read(at, property, value);
            if (entry is not null && !OptionText.IsScalar(entry))
                foreach (var option in Walk(entry, Activator.CreateInstance(entry), $"{at}:N")) yield return option;
            else if (entry is null && !OptionText.IsScalar(inner))
                foreach (var option in Walk(inner, value, at)) yield return option;
        }
    }

    private static Option Read(string path, PropertyInfo property, object? value)
    {
        // What follows the first sentence after the default is part of the meaning.
        var summary = Summary(property).TrimEnd('.');
        var match = Form.Match(summary);
        if (!match.Success) throw new InvalidOperationException($"the summary of {property.DeclaringType!.Name}.{property.Name} is not of the form 'meaning; range, default value.': {summary}");
        var text = match.Groups["value"].Value;
        var more = text.IndexOf(". ", StringComparison.Ordinal);
        var meaning = match.Groups["meaning"].Value + (more < 0 ? "" : $". {text[(more + 2)..]}");
        return new Option(path, property, meaning, match.Groups["range"].Value, match.Groups["value"].Success ? (more < 0 ? text : text[..more]) : "required", value);
    }

    public static string Summary(PropertyInfo property)
    {
        var file = Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml");
        var member = Members(file).GetValueOrDefault($"P:{property.DeclaringType.FullName}.{property.Name}")
            ?? throw new InvalidOperationException($"{file} has no documentation of {property.DeclaringType.FullName}.{property.Name}");
        var words = string.Concat(member.Element("summary")!.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
            XElement element => element.Value,
            _ => n.ToString(),
        }));
        return string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static Dictionary<string, XElement> Members(string file)
    {
        if (Files.TryGetValue(file, out var members)) return members;
        return Files[file] = XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
    }

    /// <summary>A default value as the summaries write it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        string text => text,
        Enum name => name.ToString(),
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Text)),
        IFormattable number => number.ToString("#,##0.##########", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
