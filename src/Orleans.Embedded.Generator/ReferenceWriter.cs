using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Writes the reference class of a grain or observer interface: per method one class that is a call.</summary>
internal static class ReferenceWriter
{
    private const string Tasks = "global::System.Threading.Tasks.";

    public static Output? Write(INamedTypeSymbol type)
    {
        if (!Names.Implements(type, "Orleans.Runtime.IAddressable")) return null;
        var name = Names.Identifier("Reference_", type);
        var findings = new List<Finding>();
        if (!Names.IsVisible(type)) findings.Add(Finding.At(type, Rules.Hidden, type.ToDisplayString()));
        if (type.IsGenericType) findings.Add(Finding.At(type, Rules.GenericInterface, type.ToDisplayString()));
        var methods = Methods(type, findings);
        if (findings.Count > 0) return new Output(name, "", "", findings);
        var source = new StringBuilder();
        source.Append($"internal sealed class {name} : {Names.Runtime}.GrainProxy, {Names.Of(type)}\n{{\n");
        source.Append($"    public {name}({Names.Runtime}.GrainProxyArguments arguments) : base(arguments)\n    {{\n    }}\n");
        for (var index = 0; index < methods.Count; index++) WriteMethod(source, methods[index], index);
        source.Append("}\n\n");
        return new Output(name, $"builder.AddInterface(typeof({Names.TypeOf(type)}), static arguments => new {name}(arguments));", source.ToString(), findings);
    }

    private static List<IMethodSymbol> Methods(INamedTypeSymbol type, List<Finding> findings)
    {
        var methods = new List<IMethodSymbol>();
        foreach (var contract in type.AllInterfaces.Add(type))
        {
            foreach (var member in contract.GetMembers())
            {
                if (member.IsStatic || !member.IsAbstract) continue;
                if (member is not IMethodSymbol method)
                {
                    findings.Add(Finding.At(LocatedBy(member, type), Rules.Property, contract.Name, member.Name));
                    continue;
                }

                if (method.MethodKind != MethodKind.Ordinary) continue;
                Check(method, type, findings);
                methods.Add(method);
            }
        }

        return methods;
    }

    /// <summary>A member of another assembly has no place in this one.</summary>
    private static ISymbol LocatedBy(ISymbol member, INamedTypeSymbol type) => member.Locations.Any(location => location.IsInSource) ? member : type;

    private static void Check(IMethodSymbol method, INamedTypeSymbol type, List<Finding> findings)
    {
        var name = $"{method.ContainingType.Name}.{method.Name}";
        var at = LocatedBy(method, type);
        if (method.IsGenericMethod) findings.Add(Finding.At(at, Rules.GenericMethod, name));
        if (!method.ReturnsVoid && ResultOf(method) is null && !IsPlainTask(method.ReturnType))
            findings.Add(Finding.At(at, Rules.ReturnType, name, method.ReturnType.ToDisplayString()));
        if (IsOneWay(method) && ResultOf(method) is not null) findings.Add(Finding.At(at, Rules.OneWayResult, name, method.ReturnType.ToDisplayString()));
        if (TimeoutOf(method) is { } timeout && !(TimeSpan.TryParse(timeout, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero))
            findings.Add(Finding.At(at, Rules.Timeout, name, timeout));
        for (var index = 0; index < method.Parameters.Length; index++)
        {
            var parameter = method.Parameters[index];
            if (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType) findings.Add(Finding.At(at, Rules.ByReference, name, parameter.Name));
            if (IsToken(parameter) && index < method.Parameters.Length - 1) findings.Add(Finding.At(at, Rules.Token, name));
        }
    }

    private static void WriteMethod(StringBuilder source, IMethodSymbol method, int index)
    {
        var call = $"Call{index}";
        var contract = Names.Of(method.ContainingType);
        var parameters = string.Join(", ", method.Parameters.Select((parameter, at) => $"{Names.Of(parameter.Type)} a{at}"));
        source.Append($"\n    {(method.ReturnsVoid ? "void" : Names.Of(method.ReturnType))} {contract}.{method.Name}({parameters})\n    {{\n");
        source.Append($"        var call = {call}.Rent();\n");
        for (var at = 0; at < method.Parameters.Length; at++)
        {
            var parameter = method.Parameters[at];
            if (IsToken(parameter)) source.Append($"        call.UseToken(a{at});\n");
            else source.Append($"        call.A{at} = {Copied($"a{at}", parameter.Type, Names.Attribute(parameter, "Orleans.ImmutableAttribute") is not null)};\n");
        }

        source.Append($"        {Send(method)}\n    }}\n");
        WriteCall(source, method, call, contract);
    }

    private static string Send(IMethodSymbol method)
    {
        if (method.ReturnsVoid) return "SendOneWay(call);";
        var isValue = method.ReturnType.Name == "ValueTask";
        if (IsOneWay(method)) return $"SendOneWay(call);\n        return {(isValue ? "default" : Tasks + "Task.CompletedTask")};";
        return isValue ? "return Send(call);" : "return SendTask(call);";
    }

    private static void WriteCall(StringBuilder source, IMethodSymbol method, string call, string contract)
    {
        var result = ResultOf(method);
        var resultName = result is null ? null : Names.Of(result);
        var arguments = string.Join(", ", method.Parameters.Select((parameter, at) => IsToken(parameter) ? "CalleeToken" : $"A{at}"));
        var invocation = $"(({contract})grain).{method.Name}({arguments})";
        var task = resultName is null ? $"{Tasks}ValueTask" : $"{Tasks}ValueTask<{resultName}>";
        var timeout = TimeoutOf(method);
        source.Append($"\n    private sealed class {call} : {Names.Runtime}.{(resultName is null ? "VoidCall" : $"ResultCall<{resultName}>")}\n    {{\n");
        source.Append($"        private static readonly {Names.Runtime}.MethodDescriptor s_method = new({Names.Quote(method.ContainingType.Name)}, {Names.Quote(method.Name)}, {Options(method)}, {(timeout is null ? "null" : Names.Quote(timeout))});\n");
        source.Append($"        [global::System.ThreadStatic] private static {call}? t_pool;\n");
        for (var at = 0; at < method.Parameters.Length; at++)
        {
            if (!IsToken(method.Parameters[at])) source.Append($"        public {Names.Of(method.Parameters[at].Type)} A{at} = default!;\n");
        }

        source.Append($"        private {call}() : base(s_method)\n        {{\n        }}\n");
        source.Append($"        public static {call} Rent()\n        {{\n            var call = t_pool;\n            if (call is null) return new {call}();\n");
        source.Append($"            t_pool = ({call}?)call.PoolNext;\n            return call;\n        }}\n");
        source.Append($"        protected override {task} InvokeAsync(object grain)");
        if (method.ReturnsVoid) source.Append($"\n        {{\n            {invocation};\n            return default;\n        }}\n");
        else source.Append(method.ReturnType.Name == "ValueTask" ? $" => {invocation};\n" : $" => new {task}({invocation});\n");
        var isImmutable = method.GetReturnTypeAttributes().Any(attribute => Names.Is(attribute.AttributeClass, "Orleans.ImmutableAttribute"));
        if (result is not null && Copied("result", result, isImmutable) is var copied && copied != "result")
            source.Append($"        protected override {resultName} CopyResult({resultName} result) => {copied};\n");
        source.Append("        protected override void Recycle()\n        {\n");
        for (var at = 0; at < method.Parameters.Length; at++)
        {
            if (!IsToken(method.Parameters[at])) source.Append($"            A{at} = default!;\n");
        }

        source.Append("            ClearResult();\n            Return(ref t_pool, this);\n        }\n    }\n");
    }

    private static string Copied(string expression, ITypeSymbol type, bool isImmutable) =>
        isImmutable || Shallow.Is(type) ? expression : $"{Names.Runtime}.DeepCopy.Of<{Names.Of(type)}>({expression})";

    private static string Options(IMethodSymbol method)
    {
        var options = new List<string>();
        if (IsOneWay(method)) options.Add("OneWay");
        if (Names.Attribute(method, "Orleans.Concurrency.ReadOnlyAttribute") is not null) options.Add("ReadOnly");
        if (Names.Attribute(method, "Orleans.Concurrency.AlwaysInterleaveAttribute") is not null) options.Add("AlwaysInterleave");
        if (options.Count == 0) options.Add("None");
        return string.Join(" | ", options.Select(option => $"{Names.Runtime}.CallOptions.{option}"));
    }

    private static string? TimeoutOf(IMethodSymbol method) =>
        Names.Attribute(method, "Orleans.ResponseTimeoutAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    private static bool IsOneWay(IMethodSymbol method) => method.ReturnsVoid || Names.Attribute(method, "Orleans.Concurrency.OneWayAttribute") is not null;

    private static bool IsToken(IParameterSymbol parameter) => Names.Is(parameter.Type, "System.Threading.CancellationToken");

    private static bool IsPlainTask(ITypeSymbol type) => Names.Is(type, "System.Threading.Tasks.Task") || Names.Is(type, "System.Threading.Tasks.ValueTask");

    private static ITypeSymbol? ResultOf(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { IsGenericType: true } type
        && (Names.Is(type, "System.Threading.Tasks.Task<TResult>") || Names.Is(type, "System.Threading.Tasks.ValueTask<TResult>"))
            ? type.TypeArguments[0]
            : null;
}
